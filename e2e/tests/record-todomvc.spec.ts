// TodoMVC, written by other people in several frameworks: record, save, run green, spoil, run red.
import { expect, test } from "../support/fixtures.js";
import { workThroughTodos } from "../support/flows.js";
import { LiveSession } from "../support/live-session.js";
import { performStored } from "../support/run-view.js";

for (const example of ["vanillajs", "react", "vue", "backbone"]) {
  const tag = ["vue", "backbone"].includes(example) ? ["@tour"] : [];
  test(`a day with TodoMVC ${example} is recorded and performed again`, { tag }, async ({ studio, product, site }) => {
    test.setTimeout(180_000);
    const { api } = product;
    const live = await LiveSession.open(studio, api, site.todomvc(example), { record: true });
    await workThroughTodos(live);
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
