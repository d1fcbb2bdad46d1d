/** Evidence comes as a JSON list, as an object that holds one, or as a JSON value a line. */
export function parseLines<T>(text: string): T[] {
  const trimmed = text.trim();
  if (trimmed === "") return [];
  try {
    const value = JSON.parse(trimmed) as unknown;
    if (Array.isArray(value)) return value as T[];
    const inner = Object.values(value as object).find(Array.isArray);
    return (inner as T[] | undefined) ?? [];
  } catch {
    return trimmed.split("\n").flatMap((line) => {
      try {
        return [JSON.parse(line) as T];
      } catch {
        return [];
      }
    });
  }
}
