/* Two people changed the same answer: both versions stand beside each other, and whoever writes decides. */
const template = document.querySelector("template[data-both]");

function part(panel, name) {
  return panel.querySelector(`[data-both-${name}]`);
}

function end(answer) {
  answer.panel.remove();
  answer.panel = undefined;
  answer.known = answer.theirValue;
  answer.mark = answer.theirMark;
}

const canJoin = (answer) => answer.inputs[0].matches("textarea, input[type=text]") && !answer.inputs[0].inputMode;

function joined(answer) {
  const between = answer.inputs[0].matches("textarea") ? "\n\n" : " / ";
  return [answer.value.trim(), answer.theirValue.trim()].filter(Boolean).join(between);
}

/* Words for what is chosen or ticked stand in the page; a text is its own words. */
function inWords(answer) {
  if (answer.isTicked) {
    return answer.inputs.filter((each) => each.checked).map((each) => each.labels[0].textContent.trim()).join(", ") || "–";
  }
  const [input] = answer.inputs;
  return (input.matches("select") ? input.selectedOptions[0]?.textContent.trim() : input.value) || "–";
}

export function tellAgain(answer, value, mark) {
  if (answer.theirMark === mark) return;
  [answer.theirValue, answer.theirMark] = [value, mark];
  const before = answer.value;
  if (answer.isTicked || answer.inputs[0].matches("select")) {
    answer.value = value;
    part(answer.panel, "theirs").textContent = inWords(answer);
    answer.value = before;
  } else part(answer.panel, "theirs").textContent = value || "–";
}

export function ask(answer, { value, shown }, mark, settled) {
  const panel = template.content.firstElementChild.cloneNode(true);
  Object.assign(answer, { panel, theirValue: value, theirMark: mark });
  const title = part(panel, "title");
  title.id = `${answer.name}-both`;
  title.textContent = title.textContent.replace("{question}", answer.label);
  panel.setAttribute("aria-labelledby", title.id);
  part(panel, "theirs").textContent = shown || "–";
  const mine = part(panel, "mine");
  mine.textContent = inWords(answer);
  for (const input of answer.inputs) {
    input.addEventListener("input", () => { mine.textContent = inWords(answer); });
  }
  const decide = (value) => {
    end(answer);
    answer.value = value;
    settled(answer);
  };
  part(panel, "keep").addEventListener("click", () => decide(answer.value));
  part(panel, "take").addEventListener("click", () => decide(answer.theirValue));
  const join = part(panel, "join");
  join.hidden = !canJoin(answer);
  join.addEventListener("click", () => decide(joined(answer)));
  answer.inputs[0].closest(".field").append(panel);
}
