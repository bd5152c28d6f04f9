// The draft: a text field, and behind it the same text with marks.

import { mover, unitsOf } from "./offsets.js";

const RANK = { error: 0, warning: 1, info: 2 };

export class Editor extends EventTarget {
  #field;
  #marks;
  #text = "";
  #findings = [];
  #current = null;

  /** Says `change` when the text changes, and `point` with the finding at the caret when that changes. */
  constructor(field, marks) {
    super();
    this.#field = field;
    this.#marks = marks;
    field.addEventListener("input", () => this.#changed());
    document.addEventListener("selectionchange", () => this.#pointed());
    field.addEventListener("mousemove", (event) => this.#hovered(event));
    this.#text = field.value;
    this.#draw();
  }

  get text() {
    return this.#field.value;
  }

  /** Show what was found in `text`, which may have been edited since. */
  show(text, findings) {
    const units = unitsOf(text);
    const placed = (span) => span && { ...span, from: units[span.start], to: units[span.end] };
    const found = findings.map((each) => ({ ...placed(each), mend: placed(each.mend) }));
    this.#findings = this.#moved(found, text, this.text);
    this.#draw();
    this.#pointed();
    return this.#findings;
  }

  /** Where a finding is now; nothing if its words were changed. */
  place(finding) {
    return this.#findings.find((each) => each.key === finding.key) ?? null;
  }

  /** Write the words that mend a finding, so that it can be undone. */
  mend(finding) {
    const { from, to, words } = this.place(finding).mend;
    this.replace(from, to, words);
  }

  /** Put words in place of a part of the text, as if they were typed. */
  replace(from, to, words) {
    this.#field.focus();
    this.#field.setSelectionRange(from, to);
    // The only way to change a field that can be undone.
    if (!document.execCommand(words ? "insertText" : "delete", false, words)) {
      this.#field.setRangeText(words, from, to, "end");
      this.#changed();
    }
  }

  /** Put another text in the place of all. */
  replaceAll(text) {
    this.replace(0, this.text.length, text);
    this.#field.setSelectionRange(0, 0);
  }

  select(finding) {
    const place = this.place(finding);
    if (!place) return;
    this.#field.focus({ preventScroll: true });
    this.#field.setSelectionRange(place.from, place.to);
    this.#marks.querySelector(".current")?.scrollIntoView({ block: "center" });
  }

  #changed() {
    this.#findings = this.#moved(this.#findings, this.#text, this.text);
    this.#text = this.text;
    this.#draw();
    this.dispatchEvent(new Event("change"));
  }

  #moved(findings, before, after) {
    if (before === after) return findings;
    const move = mover(before, after);
    const moved = findings.map((each) => ({ ...each, at: move(each), mend: each.mend && move(each.mend) }));
    return moved.filter((each) => each.at).map((each) => ({ ...each, from: each.at.from, to: each.at.to }));
  }

  #pointed() {
    if (document.activeElement !== this.#field) return;
    const { selectionStart: from, selectionEnd: to } = this.#field;
    const [at] = this.#findings
      .filter((each) => each.from <= from && to <= Math.max(each.to, each.from + 1))
      .sort((one, other) => RANK[one.severity] - RANK[other.severity]);
    if (at?.key === this.#current?.key) return;
    this.#current = at ?? null;
    this.#draw();
    this.dispatchEvent(new CustomEvent("point", { detail: this.#current }));
  }

  #hovered(event) {
    const mark = document.elementsFromPoint(event.clientX, event.clientY).find((each) => each.matches?.(".marks mark"));
    this.#field.title = mark?.dataset.reason ?? "";
  }

  #draw() {
    const text = this.text;
    const spans = this.#findings.map((each) => ({ ...each, to: Math.max(each.to, Math.min(each.from + 1, text.length)) }));
    const edges = [...new Set([0, text.length, ...spans.flatMap((each) => [each.from, each.to])])].sort((a, b) => a - b);
    const pieces = edges.slice(1).map((to, index) => {
      const piece = text.slice(edges[index], to);
      const over = spans.filter((each) => each.from <= edges[index] && to <= each.to);
      return over.length ? this.#mark(piece, over) : piece;
    });
    // A last line without letters is only as high as a line if something stands in it.
    this.#marks.replaceChildren(...pieces, "\u200b");
  }

  #mark(piece, over) {
    const mark = document.createElement("mark");
    const severities = over.map((each) => each.severity).sort((one, other) => RANK[one] - RANK[other]);
    mark.className = severities[0];
    mark.classList.toggle("current", over.some((each) => each.key === this.#current?.key));
    mark.dataset.reason = [...new Set(over.map((each) => each.message))].join("\n");
    mark.textContent = piece;
    return mark;
  }
}
