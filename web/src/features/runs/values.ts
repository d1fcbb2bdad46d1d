/** Values for the variables of a recording, by their names. */
export type Values = Record<string, string>;

/** The values that were given. */
export const givenOf = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
