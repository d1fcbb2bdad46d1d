/** More tags than this are counted and not shown. */
const most = 3;

/** The tags of a row, and those that have no room; one alone is shown where its count would be. */
export function shownTags(tags: readonly string[]): { shown: readonly string[]; more: readonly string[] } {
  const room = tags.length === most + 1 ? most + 1 : most;
  return { shown: tags.slice(0, room), more: tags.slice(room) };
}
