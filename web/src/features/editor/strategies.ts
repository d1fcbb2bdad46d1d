/** How an element can be addressed, with the confidence that the recorder gives each. */
const table: readonly [strategy: string, confidence: number][] = [
  ["data-testid", 95],
  ["id", 90],
  ["role", 89],
  ["aria-label", 88],
  ["label", 87],
  ["name", 85],
  ["placeholder", 83],
  ["href-pattern", 82],
  ["alt", 81],
  ["src-pattern", 80],
  ["title", 78],
  ["text", 76],
  ["text-content", 75],
  ["css-semantic", 70],
  ["css", 65],
  ["xpath", 55],
  ["position", 30],
];

export const strategies = table.map(([value]) => ({ value, label: value }));

export const confidenceOf = (strategy: string): number | undefined => table.find(([name]) => name === strategy)?.[1];
