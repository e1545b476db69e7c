/* The page that stands in without a network: shows what waits, and the way to write to those who can. */
import { begin } from "./outbox-list.js";
import { facts } from "./outbox-store.js";

const way = document.querySelector("[data-offline-write]");
facts().then((mine) => { way.hidden = !mine?.projects.length; }).catch(() => {});
begin().catch(() => {});
