import { isNode, LineCounter, parseDocument, stringify } from "yaml";
import type { Problem, RecordingDocument } from "@/api/types.ts";

export type CodeFormat = "json" | "yaml";

export interface Parsed {
  document?: RecordingDocument;
  problem?: Problem & { line?: number };
}

export function printCode(document: RecordingDocument, format: CodeFormat): string {
  return format === "json" ? `${JSON.stringify(document, null, 2)}\n` : stringify(document, { lineWidth: 100 });
}

/** JSON is YAML, so one reader does for both and knows the line of every mistake. */
export function parseCode(text: string, format: CodeFormat): Parsed {
  const lines = new LineCounter();
  if (format === "json") {
    try {
      JSON.parse(text);
    } catch (error) {
      const line = jsonErrorLine(text, error) ?? yamlErrorLine(text);
      return { problem: { path: line ? `line ${line}` : "text", message: (error as Error).message, severity: "error", line } };
    }
  }
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const error = parsed.errors[0];
  if (error) {
    const line = lines.linePos(error.pos[0]).line;
    return { problem: { path: `line ${line}`, message: error.message, severity: "error", line } };
  }
  const value = parsed.toJS() as unknown;
  const shape = wrong(value);
  return shape ? { problem: shape } : { document: value as RecordingDocument };
}

function yamlErrorLine(text: string): number | undefined {
  const lines = new LineCounter();
  const error = parseDocument(text, { lineCounter: lines, prettyErrors: false }).errors[0];
  return error && lines.linePos(error.pos[0]).line;
}

function jsonErrorLine(text: string, error: unknown): number | undefined {
  const position = /position (\d+)/.exec(String(error))?.[1];
  return position === undefined ? undefined : text.slice(0, Number(position)).split("\n").length;
}

/** What the editor itself cannot do without; everything else is the server's to judge. */
function wrong(value: unknown): Problem | undefined {
  const problem = (path: string, message: string): Problem => ({ path, message, severity: "error" });
  if (typeof value !== "object" || value === null || Array.isArray(value)) return problem("document", "It must be an object.");
  const { actions, testName, url } = value as Record<string, unknown>;
  if (typeof testName !== "string") return problem("testName", "It must be a text.");
  if (typeof url !== "string") return problem("url", "It must be an address.");
  if (!Array.isArray(actions)) return problem("actions", "It must be a list of steps.");
  const at = actions.findIndex((step) => typeof step?.id !== "string" || typeof step?.type !== "string");
  if (at !== -1) return problem(`actions[${at}]`, "A step needs an id and a type.");
  const ids = actions.map((step) => step.id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  return twice === -1 ? undefined : problem(`actions[${twice}].id`, "Another step has this id.");
}

/** `actions[3].selectors[0].value` as keys. */
export function pathKeys(path: string): (string | number)[] {
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => (index === undefined ? (name ?? "") : Number(index)));
}

/** The line where the thing at the path stands, or its nearest parent that is there. */
export function lineOfPath(text: string, path: string): number | undefined {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (let keys = pathKeys(path); keys.length > 0; keys = keys.slice(0, -1)) {
    const node = parsed.getIn(keys, true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
