/** Columns, rows, and the milliseconds between two pictures of the sheet. */
export type SpriteGrid = readonly [columns: number, rows: number, everyMs: number];

/** Where on the sheet the picture of a moment is, for a background as large as all of its pictures. */
export function spritePlace([columns, rows, everyMs]: SpriteGrid, ms: number): { size: string; position: string } {
  const count = columns * rows;
  const index = Math.min(count - 1, Math.max(0, Math.floor(ms / everyMs)));
  const percent = (at: number, of: number) => (of > 1 ? (at / (of - 1)) * 100 : 0);
  return {
    size: `${columns * 100}% ${rows * 100}%`,
    position: `${percent(index % columns, columns)}% ${percent(Math.floor(index / columns), rows)}%`,
  };
}

/** The index of what has begun last: the chapter or step that one is in. */
export const currentAt = (starts: readonly number[], ms: number): number => starts.findLastIndex((start) => start <= ms + 1);
