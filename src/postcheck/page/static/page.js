// The page: what the writer does, and what is shown for it. Nothing of it is kept anywhere.

import { fill, point } from "./cards.js";
import { counted } from "./counting.js";
import { Editor } from "./editor.js";
import * as server from "./server.js";

const PAUSE = 250;
const ALIVE = 60_000;

const $ = (id) => document.getElementById(id);
const wide = matchMedia("(min-width: 60rem)");

const editor = new Editor($("draft"), $("marks"));
const about = { suffix: "" };
let channels = {};
let asked = 0;
let timer = null;
let checking = false;
let again = false;

const writing = () => ({
  text: editor.text,
  suffix: about.suffix,
  author: $("author").value,
  channel: $("channel").value || null,
  in_reply_to: $("reply").value || null,
  role: $("role").value.trim() || null,
});

/** Do what asks the server; what keeps it from answering is told, and nothing passes for checked meanwhile. */
async function asking(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof server.Gone) gone();
    else if (error instanceof server.Refused) refused(error.problems);
    else throw error;
    return null;
  }
}

function gone() {
  clearInterval(alive);
  $("gone").textContent = "postcheck has ended, so nothing is checked any more. Your text is still here: copy it, then run “postcheck open” again.";
  $("gone").hidden = false;
  unjudged("Not checked");
}

function refused(said) {
  unjudged("Not checked");
  problems(said);
}

function problems(said) {
  const items = said.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
  $("problems").replaceChildren(...items);
  $("problems").hidden = !items.length;
}

function unjudged(why) {
  $("outcome").textContent = why;
  $("next").textContent = "";
  $("safe-text").textContent = "";
  $("needs-role").hidden = true;
  problems([]);
  fill($("cards"), editor.show(editor.text, []), "", {});
  here(null);
}

function count() {
  const channel = channels[$("channel").value];
  const used = counted(editor.text, channel).toLocaleString("en-US");
  const over = channel && counted(editor.text, channel) > channel.characters;
  $("count").textContent = channel ? `${used} of ${channel.characters.toLocaleString("en-US")}` : `${used} characters`;
  if (over) $("count").textContent += ": too long";
  $("count").classList.toggle("over", Boolean(over));
}

function changed() {
  count();
  $("done").textContent = "";
  $("empty").hidden = Boolean(editor.text.trim());
  $("copy").disabled = $("clear").disabled = !editor.text;
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
  if (editor.text.trim()) $("cards").setAttribute("aria-busy", "true");
}

/** Check the draft; what is written while it's being checked is checked right after. */
async function check() {
  if (checking) {
    again = true;
    return;
  }
  checking = true;
  do {
    again = false;
    await asking(judge);
  } while (again);
  checking = false;
}

async function judge() {
  const asking = writing();
  if (!asking.text.trim()) {
    unjudged("Nothing to check yet");
    return;
  }
  const report = await server.check(asking);
  if (again) return;
  const findings = report.findings.map((each, index) => ({ ...each, key: `${(asked += 1)}-${index}` }));
  const shown = editor.show(asking.text, findings);
  fill($("cards"), shown, editor.text, { mend: (each) => mend(each), show: (each) => editor.select(each) });
  $("cards").removeAttribute("aria-busy");
  if ($("outcome").textContent !== report.outcome) $("outcome").textContent = report.outcome;
  $("next").textContent = report.next_steps.join(" ");
  $("reservation").textContent = report.reservation;
  $("needs-role").hidden = !report.needs_role;
  problems(report.problems);
  if (!$("safe").hidden) await safe();
}

async function safe() {
  const asking = writing();
  const { text } = asking.text.trim() ? await server.safe(asking) : { text: "" };
  if (asking.text === editor.text) $("safe-text").textContent = text;
}

function mend(finding) {
  if (editor.place(finding)?.mend) editor.mend(finding);
}

function here(finding) {
  $("here").hidden = !finding;
  $("here-message").textContent = finding?.message ?? "";
  const card = point($("cards"), finding);
  if (card && wide.matches) card.scrollIntoView({ block: "nearest" });
  return card;
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    const left = $("cards").children.length && button === $("copy");
    $("done").textContent = left ? "Copied, with all that is still to mend in it." : "Copied.";
  } catch {
    $("done").textContent = "The browser doesn’t let the page copy: select the text and copy it.";
  }
}

async function take(file) {
  const said = await asking(() => server.read(file));
  if (!said) return;
  const options = said.drafts.map((each, index) => new Option(each.source, String(index)));
  $("drafts").replaceChildren(...options);
  $("drafts").onchange = () => put(said.drafts[Number($("drafts").value)]);
  put(said.drafts[0]);
  $("several").hidden = said.drafts.length < 2;
}

function put(draft) {
  about.suffix = draft.suffix;
  $("author").value = draft.author;
  if (draft.in_reply_to) $("reply").value = draft.in_reply_to;
  $("answering").open ||= Boolean(draft.in_reply_to);
  choose(draft.channel);
  editor.replaceAll(draft.text);
}

function choose(channel) {
  const name = channel?.toLowerCase() ?? "";
  if (name in channels) $("channel").value = name;
}

function tab(selected) {
  for (const each of [$("tab-findings"), $("tab-safe")]) {
    const on = each === selected;
    each.setAttribute("aria-selected", String(on));
    each.tabIndex = on ? 0 : -1;
    $(each.getAttribute("aria-controls")).hidden = !on;
  }
  if (selected === $("tab-safe")) void asking(safe);
}

for (const each of [$("tab-findings"), $("tab-safe")]) {
  each.addEventListener("click", () => tab(each));
  each.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = each === $("tab-safe") ? $("tab-findings") : $("tab-safe");
    tab(other);
    other.focus();
  });
}

editor.addEventListener("change", changed);
editor.addEventListener("point", (event) => here(event.detail));
$("about").addEventListener("input", changed);
$("about").addEventListener("submit", (event) => event.preventDefault());
$("copy").addEventListener("click", (event) => copy(editor.text, event.target));
$("copy-safe").addEventListener("click", (event) => copy($("safe-text").textContent, event.target));
$("use-safe").addEventListener("click", () => editor.replaceAll($("safe-text").textContent));
$("clear").addEventListener("click", () => {
  about.suffix = "";
  $("several").hidden = true;
  editor.replaceAll("");
});
$("open").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", () => {
  const [file] = $("file").files;
  if (file) void take(file);
  $("file").value = "";
});
$("here-more").addEventListener("click", () => $("cards").querySelector(".current")?.scrollIntoView({ block: "center" }));
$("example").addEventListener("click", async () => {
  const said = await asking(() => server.setting());
  if (said) editor.replaceAll(said.example);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    document.querySelector(".editor").classList.toggle("dropping", kind === "dragover");
    const [file] = kind === "drop" ? event.dataTransfer.files : [];
    if (file) void take(file);
  });
}

// While somebody looks at the page, its server goes on.
const alive = setInterval(() => document.visibilityState === "visible" && asking(server.setting), ALIVE);

await asking(async () => {
  const said = await server.setting();
  channels = said.channels;
  $("channel").append(...Object.entries(channels).map(([name, each]) => new Option(each.name, name)));
  $("author").options[0].text = `An employee of ${said.organization}`;
  $("author").options[1].text = `${said.organization}’s official account`;
  $("author").value = said.author;
  $("role").value = said.role ?? "";
  $("reservation").textContent = said.reservation;
  choose(said.channel);
  changed();
});
