/* The beamer draws itself anew whenever something is new. */
import { redraw, watch } from "./board.js";

const screen = document.querySelector("[data-screen]");
watch(screen.dataset.state, screen.dataset.revision, () => redraw());
