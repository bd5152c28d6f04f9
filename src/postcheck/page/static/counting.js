// How much of what a channel takes a text uses up.

const LINK = /https?:\/\/[^\s]+/giu;
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
// Where X counts a code point as one: docs.x.com/fundamentals/counting-characters.
const LIGHT = [[0x0, 0x10ff], [0x2000, 0x200d], [0x2010, 0x201f], [0x2032, 0x2037]];

const graphemes = (text) => [...new Intl.Segmenter("en").segment(text)].map((each) => each.segment);
const light = (character) => LIGHT.some(([first, last]) => first <= character.codePointAt(0) && character.codePointAt(0) <= last);
const weight = (grapheme) =>
  EMOJI.test(grapheme) ? 2 : [...grapheme].reduce((sum, character) => sum + (light(character) ? 1 : 2), 0);

const COUNTS = {
  "code points": (text) => [...text].length,
  graphemes: (text) => graphemes(text).length,
  weighted: (text) => graphemes(text.normalize("NFC")).reduce((sum, each) => sum + weight(each), 0),
};

/** The characters of a text as a channel counts them; without a channel, its code points. */
export function counted(text, channel) {
  const count = COUNTS[channel?.counted ?? "code points"];
  if (!channel?.link) return count(text);
  const links = text.match(LINK) ?? [];
  return count(text.replaceAll(LINK, "")) + links.length * channel.link;
}
