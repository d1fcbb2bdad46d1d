/** The known value that something from elsewhere is; otherwise another one, or none. */
export function oneOf<T extends string>(value: unknown, known: readonly T[]): T | undefined;
export function oneOf<T extends string>(value: unknown, known: readonly T[], otherwise: T): T;
export function oneOf<T extends string>(value: unknown, known: readonly T[], otherwise?: T): T | undefined {
  return known.find((each) => each === value) ?? otherwise;
}
