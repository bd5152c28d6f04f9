// The server counts code points, a browser counts UTF-16 code units.

/** For each code point of a text, and for its end, where it begins in UTF-16. */
export function unitsOf(text) {
  const units = [0];
  for (const character of text) units.push(units.at(-1) + character.length);
  return units;
}

/** Where a span is after an edit that made `after` of `before`; nothing if the edit touched it. */
export function mover(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let kept = 0;
  while (kept < shorter - start && before.at(-1 - kept) === after.at(-1 - kept)) kept += 1;
  const end = before.length - kept;
  const by = after.length - before.length;
  return (span) => {
    if (span.to <= start) return span;
    if (span.from >= end) return { ...span, from: span.from + by, to: span.to + by };
    return null;
  };
}
