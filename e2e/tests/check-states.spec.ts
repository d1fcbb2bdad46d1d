// Checks of states by pointing: what is offered for an element, that it begins as the opposite where the element is that now, and
// what stands in the recording.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";
import { lookAt } from "../support/look-at.js";

const popover = (page: Page): Locator => page.getByRole("dialog", { name: "Add check" });
const negate = (page: Page): Locator => popover(page).getByRole("checkbox", { name: "Negate" });

async function point(live: LiveSession, target: string): Promise<void> {
  await live.button("Add check").click();
  await live.hover(target);
  await live.click(target);
  await expect(popover(live.page)).toBeVisible();
}

test("checks of states are offered where an element has them, and are the opposite where it is that now", async ({
  studio,
  product,
  site,
}, info) => {
  const { api } = product;
  const live = await LiveSession.open(studio, api, `${site.origin}/controls`);
  await live.startRecording();
  // On a phone the inspector would be over the stage.
  await live.button("Inspector").click();
  await point(live, "#check");
  await popover(studio).getByRole("radio", { name: "Is checked" }).click();
  await expect(negate(studio)).toBeChecked();
  await lookAt(studio, info, "unchecked");
  // The whole popover without a mouse: another kind, the negation taken back, and the check.
  await popover(studio).getByRole("radio", { name: "Is checked" }).focus();
  await studio.keyboard.press("Tab");
  await expect(negate(studio)).toBeFocused();
  await studio.keyboard.press("Tab");
  await studio.keyboard.press("Enter");
  await expect(popover(studio)).toBeHidden();

  await point(live, "#off");
  await popover(studio).getByRole("radio", { name: "Is enabled" }).click();
  await expect(negate(studio)).toBeChecked();
  await expect(popover(studio)).toContainText("It is not enabled now.");
  await lookAt(studio, info, "disabled");
  await popover(studio).getByRole("button", { name: "Add this check" }).click();

  await point(live, "#locked");
  await popover(studio).getByRole("radio", { name: "Is editable" }).click();
  await expect(negate(studio)).toBeChecked();
  await popover(studio).getByRole("radio", { name: "Has value" }).click();
  await expect(negate(studio)).not.toBeChecked();
  await lookAt(studio, info, "value");
  await popover(studio).getByRole("radio", { name: "Is editable" }).click();
  await popover(studio).getByRole("button", { name: "Add this check" }).click();
  await live.button("Inspector").click();
  await expect(live.steps.last()).toContainText("not editable");
  await studio.screenshot({ path: info.outputPath("steps-1440.png") });

  await point(live, "h1");
  await expect(popover(studio).getByRole("radio", { name: /Is (checked|enabled|editable)/ })).toHaveCount(0);
  await studio.keyboard.press("Escape");
  await expect(popover(studio)).toBeHidden();

  const { actions } = await api.document(await live.save("States"));
  const checks = actions.filter(({ type }) => type === "checkpoint");
  expect(checks.map((step) => [step["checkType"], step["negated"]])).toEqual([
    ["elementChecked", true],
    ["elementEnabled", true],
    ["elementEditable", true],
  ]);
});
