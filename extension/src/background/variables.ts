/** A person makes the value of a field a variable, and back. */

import { namePattern } from "../recording/variable";
import { Refusal } from "./control";
import { shelf } from "./shelf";

export async function mark(field: string, name: string): Promise<void> {
  const box = await shelf();
  if (!box.recording) return;
  if (!namePattern.test(name)) throw new Refusal("A name has letters, digits and _ only, and does not begin with a digit.");
  const { head } = box.recording;
  const variables = [...head.variables.filter((one) => one.field !== field), { field, name }];
  await box.change({ head: { ...head, variables }, upload: null });
}

export async function unmark(field: string): Promise<void> {
  const box = await shelf();
  if (!box.recording) return;
  const { head } = box.recording;
  await box.change({ head: { ...head, variables: head.variables.filter((one) => one.field !== field) }, upload: null });
}

export async function rename(name: string): Promise<void> {
  const box = await shelf();
  if (!box.recording || box.recording.head.name === name) return;
  await box.change({ head: { ...box.recording.head, name: name.slice(0, 255) }, upload: null });
}
