// What the page asks of postcheck on this computer.

/** The server has ended, or there is another in its place. */
export class Gone extends Error {}

/** What postcheck says it can't do, in its own words. */
export class Refused extends Error {
  constructor(problems) {
    super("refused");
    this.problems = problems;
  }
}

async function answer(path, request) {
  let response;
  try {
    response = await fetch(path, { ...request, cache: "no-store", redirect: "error" });
  } catch {
    throw new Gone();
  }
  if (response.status === 413) throw new Refused(["That is too large."]);
  if (![200, 422, 500].includes(response.status)) throw new Gone();
  const said = await response.json();
  if (!response.ok) throw new Refused(said.problems);
  return said;
}

const post = (path, body) => answer(path, { method: "POST", body });

export const setting = () => answer("setting");
export const check = (writing) => post("check", JSON.stringify(writing));
export const safe = (writing) => post("safe", JSON.stringify(writing));
export const read = (file) => post(`read?name=${encodeURIComponent(file.name)}`, file);
