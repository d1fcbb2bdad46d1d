// The other engines behind the same live view: worked in, recorded, performed again.
import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";
import { performStored } from "../support/run-view.js";

for (const [name, browser] of [
  ["Firefox", "firefox"],
  ["WebKit", "webkit"],
] as const) {
  test(`a page is worked in and recorded on ${name}, and performed there again`, async ({ studio, product, site }) => {
    const { api } = product;
    const live = await LiveSession.open(studio, api, `${site.origin}/form`, { record: true, browser: name });
    await live.waitForRemote("#full-name");
    await live.fill("#full-name", "Ada Lovelace");
    await live.click("input[name=plan][value=plus]");
    await live.addCheck("#full-name", "Has value", "Ada Lovelace");
    // What it cannot do is said, and not offered.
    await studio.getByRole("button", { name: new RegExp(`^Browser: ${name}`) }).click();
    await expect(studio.getByText("the screen of a phone")).toBeVisible();
    await studio.keyboard.press("Escape");
    await studio.getByRole("button", { name: /^Viewport:/ }).click();
    await expect(studio.getByRole("menuitemradio", { name: /Phone/ })).toHaveAttribute("aria-disabled", "true");
    await studio.keyboard.press("Escape");

    const id = await live.save(`On ${name}`);
    const run = await performStored(api, id, { browser });
    expect(run.error).toBeUndefined();
    expect(run).toMatchObject({ status: "passed", browser, stepsFailed: 0, stepsSkipped: 0 });
  });
}
