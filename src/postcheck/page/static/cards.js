// What is said of the findings: a card for those that say the same.

const WORDS = { error: "Error", warning: "Warning", info: "Reminder" };
const ORDER = Object.keys(WORDS);
const LONGEST = 60;

/** An element with a class, and with texts or elements in it. */
function made(name, className, ...content) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

function button(label, act) {
  const element = made("button", "", label);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

const shortened = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 2).trimEnd()} …` : text);

function grouped(findings) {
  const groups = new Map();
  for (const each of findings) {
    const saying = JSON.stringify([each.rule, each.severity, each.message, each.why, each.suggestion, each.route]);
    groups.set(saying, [...(groups.get(saying) ?? []), each]);
  }
  return [...groups.values()].sort((one, other) => ORDER.indexOf(one[0].severity) - ORDER.indexOf(other[0].severity));
}

/** What a mend does, in the words of its button. */
function offer(finding, text) {
  const { from, to, words } = finding.mend;
  const write = words.trim() ? `“${words.trim()}”` : "";
  if (from === to) return `Add ${write}`;
  if (from === finding.from && to === finding.to) return write ? `Write ${write}` : "Take it out";
  const old = `“${shortened(text.slice(from, to))}”`;
  return write ? `Write ${write} for ${old}` : `Take out ${old}`;
}

function place(finding, text, act) {
  const words = text.slice(finding.from, finding.to).replace(/\s+/gu, " ").trim();
  const item = made("li", "");
  if (words) item.append(made("q", "", button(shortened(words), () => act.show(finding))));
  if (finding.mend) item.append(button(offer(finding, text), () => act.mend(finding)));
  return item;
}

function card(group, text, act) {
  const [first] = group;
  const title = made("h3", "", made("span", "severity", WORDS[first.severity]), first.message);
  const item = made("li", `card ${first.severity}`, title);
  item.dataset.keys = JSON.stringify(group.map((each) => each.key));
  item.append(made("ul", "places", ...group.map((each) => place(each, text, act))));
  const signs = [...new Set(group.flatMap((each) => each.reasons))].join(", ");
  const parts = { Why: first.why, Instead: first.suggestion, "Turn to": first.route };
  for (const [label, said] of Object.entries(parts)) {
    if (said) item.append(made("p", "", made("b", "", label), said));
  }
  const learned = first.learned ? `the learned model found it (${Math.round(first.confidence * 100)} %)` : "";
  const source = [first.rule, signs && `signs: ${signs}`, learned, ...first.citations];
  item.append(made("p", "source", source.filter(Boolean).join(" · ")));
  return item;
}

/** Fill a list with the findings of a text. `act` shows a finding in the draft, or mends it. */
export function fill(list, findings, text, act) {
  list.replaceChildren(...grouped(findings).map((group) => card(group, text, act)));
}

/** The card on a finding, after the others were told that it isn't theirs. */
export function point(list, finding) {
  const about = (each) => Boolean(finding) && JSON.parse(each.dataset.keys).includes(finding.key);
  for (const each of list.children) each.classList.toggle("current", about(each));
  return [...list.children].find(about) ?? null;
}
