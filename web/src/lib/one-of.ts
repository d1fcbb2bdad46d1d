/** The known value that something from elsewhere is, or another one. */
export const oneOf = <T extends string>(value: unknown, known: readonly T[], otherwise: T): T =>
  known.find((each) => each === value) ?? otherwise;
