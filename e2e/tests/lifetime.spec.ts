// No process outlives its owner, nothing that was finished is lost.
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { Api, Run } from "../support/api.js";
import { click, input, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { Proscenium } from "../support/proscenium.js";

/** Pids of processes whose command line names a profile of the server with this pid. */
async function browsersOf(pid: number): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map(async (one) => ({ one, line: await readFile(`/proc/${one}/cmdline`, "utf8").catch(() => "") })));
  return lines.filter(({ line }) => line.includes(`proscenium-${pid}-`)).map(({ one }) => one);
}
const profilesOf = async (pid: number) => (await readdir(tmpdir())).filter((name) => name.startsWith(`proscenium-${pid}-`));

interface Logged {
  kind: string;
  payload: { attempt?: number; index?: number; status?: string; reason?: string };
}

/** Index and outcome of every step that was over when the first attempt broke off. */
async function finishedInFirstAttempt(api: Api, run: string): Promise<string[]> {
  const log = await api.get<Logged[]>(`/runs/${run}/events?limit=1000`);
  const end = log.findIndex((event) => event.kind === "run.requeued");
  const first = end < 0 ? log : log.slice(0, end);
  return first.filter((event) => event.kind === "step.finished").map(({ payload }) => `${payload.index} ${payload.status}`);
}

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  test(`${signal} in the middle of a run leaves no browser and no profile, and keeps the finished steps`, async ({ site }) => {
    test.setTimeout(240_000);
    const product = await Proscenium.serve({ allowHosts: ["127.0.0.1"] });
    const { api, pid } = product;
    await api.claim(product.link);
    const session = await api.post<{ id: string }>("/sessions", { url: `${site.origin}/canvas` });
    const { id } = await api.post<{ id: string }>(
      "/recordings",
      recording(`${site.origin}/gestures`, [input("#text", "a"), input("#area", "b"), click("#never-there")]),
    );
    const run = await api.post<Run>("/runs", { recordingId: id, timingMode: "instant", timeout: 30_000 });
    await expect
      .poll(async () => (await api.run(run.id)).steps.map((step) => step.status), { timeout: 20_000 })
      .toEqual(["passed", "passed", "running"]);
    expect((await browsersOf(pid)).length, "the test itself sees the browsers").toBeGreaterThan(1);

    if (signal === "SIGKILL") process.kill(pid, "SIGKILL");
    await product.stop(true);
    await expect.poll(() => browsersOf(pid), { message: "no browser is left", timeout: 10_000 }).toEqual([]);
    if (signal === "SIGTERM") expect(await profilesOf(pid)).toEqual([]);

    const next = await Proscenium.serve({ allowHosts: ["127.0.0.1"], dataDir: product.dataDir });
    try {
      next.api.cookie = api.cookie;
      await expect.poll(() => profilesOf(pid), { message: "no profile is left after the next start" }).toEqual([]);
      // The embedded worker may have begun the run again by now: then the log still tells the steps of the first attempt.
      const kept = await next.api.run(run.id);
      const ofFirst = await finishedInFirstAttempt(next.api, run.id);
      expect(ofFirst).toEqual(["0 passed", "1 passed"]);
      if (kept.attempt < 2) expect(kept.steps.slice(0, 2).map((step) => step.status)).toEqual(["passed", "passed"]);
      await expect
        .poll(
          async () => {
            const now = await next.api.run(run.id);
            return now.status !== "running" || now.steps[2]?.status === "running" ? "settled" : now.status;
          },
          { message: "the run is taken up or ended with a reason within a minute", timeout: 60_000, intervals: [500] },
        )
        .toBe("settled");
      const after = await next.api.run(run.id);
      if (after.status !== "running" && after.status !== "queued") expect(after.error?.message).toBeTruthy();
      expect(after.status).not.toBe("passed");
      expect((await next.api.get<{ status: string; endReason?: string }>(`/sessions/${session.id}`)).status).not.toBe("live");
    } finally {
      const nextPid = next.pid;
      await next.stop();
      await expect.poll(() => browsersOf(nextPid)).toEqual([]);
    }
  });
}
