// TodoMVC, written by other people in several frameworks: record, save, run green, spoil, run red.
import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";
import { performStored } from "../support/run-view.js";

for (const example of ["vanillajs", "react", "vue", "backbone"]) {
  const tag = ["vue", "backbone"].includes(example) ? ["@tour"] : [];
  test(`a day with TodoMVC ${example} is recorded and performed again`, { tag }, async ({ studio, product, site }) => {
    test.setTimeout(180_000);
    const { api } = product;
    const field = "#new-todo, .new-todo";
    const items = "#todo-list li, .todo-list li";
    const live = await LiveSession.open(studio, api, site.todomvc(example), { record: true });
    await live.waitForRemote(field);
    await live.click(field);
    // As a person would: this old Vue takes the field over a frame late, and an Enter in the same frame leaves the text in it.
    for (const [index, title] of ["Buy milk", "Write tests", "Sleep"].entries()) {
      await live.type(title);
      await live.expectRemote(`document.querySelector(${JSON.stringify(field)}).value`, title);
      await live.press("Enter");
      await live.expectRemote(
        `[document.querySelectorAll(${JSON.stringify(items)}).length, document.querySelector(${JSON.stringify(field)}).value]`,
        [index + 1, ""],
      );
    }
    await live.expectRemote(`[...document.querySelectorAll(${JSON.stringify(items)})].map((one) => one.textContent.trim())`, [
      "Buy milk",
      "Write tests",
      "Sleep",
    ]);
    await live.click(`#todo-list li:nth-child(2) .toggle, .todo-list li:nth-child(2) .toggle`);
    await live.expectRemote(`document.querySelectorAll("#todo-list li.completed, .todo-list li.completed").length`, 1);
    // Double-click renames.
    await live.click(`#todo-list li:nth-child(1) label, .todo-list li:nth-child(1) label`, { fx: 0.1, count: 2 });
    await live.waitForRemote("li.editing .edit");
    await live.press("Control+A");
    await live.type("Buy oat milk");
    await live.press("Enter");
    await live.expectRemote(`document.querySelector(${JSON.stringify(items)}).textContent.trim()`, "Buy oat milk");
    await live.click("a[href='#/active']");
    await live.expectRemote("location.hash", "#/active");
    await live.addCheck("#todo-list li:last-child label, .todo-list li:last-child label", "Has text", "Sleep");
    await live.click("a[href='#/'], a[href='#/all']");
    // The finished one comes back and moves what is below it.
    await live.expectRemote(`document.querySelectorAll(${JSON.stringify(items)}).length`, 3);
    await live.click("#clear-completed, .clear-completed");
    await live.expectRemote(`document.querySelectorAll(${JSON.stringify(items)}).length`, 2);
    await live.addCheck("#todo-list li:nth-child(1) label, .todo-list li:nth-child(1) label", "Has text", "Buy oat milk");
    const id = await live.save(`TodoMVC ${example}`);

    const green = await performStored(api, id);
    expect(green.error).toBeUndefined();
    expect(green).toMatchObject({ status: "passed", stepsPassed: green.stepsTotal });

    site.break(`/todomvc/${example}/index.html`, "remove:#clear-completed, .clear-completed");
    const red = await performStored(api, id, { timeout: 1500 });
    expect(red.status).toBe("failed");
    expect(red.steps.find((step) => step.status === "failed")?.title).toMatch(/clear/i);
  });
}
