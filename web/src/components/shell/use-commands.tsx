import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Clapperboard, Film, Globe, MonitorPlay, Play, SunMoon } from "lucide-react";
import { recordingsQuery } from "@/api/recordings.ts";
import { startRun } from "@/api/runs.ts";
import { sessionsQuery, startSession } from "@/api/sessions.ts";
import { toAddress } from "@/lib/address.ts";
import { cutMiddle } from "@/lib/shorten.ts";
import { setTheme } from "@/lib/theme.ts";
import { toast } from "../ui/toaster.tsx";
import type { Command } from "./palette-rank.ts";
import { sections } from "./sections.ts";

const looksLikeAddress = (text: string) => /^\S+\.\S+$|^https?:\/\/|^localhost|^about:/.test(text.trim());

/** Everything that the palette can do right now. */
export function useCommands(typed: string, close: () => void): Command[] {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const recordings = useQuery(recordingsQuery({ limit: 50 })).data?.items ?? [];
  const sessions = useQuery(sessionsQuery({ status: "live", limit: 50 })).data?.items ?? [];

  const then = (run: () => unknown) => () => {
    close();
    Promise.resolve(run()).catch((error) => toast.failed("That did not work", error));
  };

  const open = async (url: string) => {
    const session = await startSession({ url });
    await cache.invalidateQueries({ queryKey: ["sessions"] });
    await navigate({ to: "/sessions/$id", params: { id: session.id } });
  };

  const commands: Command[] = sections.map(({ to, name, icon: Icon, keys }) => ({
    id: `go ${to}`,
    name,
    kind: "Go to",
    keys,
    icon: <Icon />,
    run: then(() => navigate({ to })),
  }));
  for (const session of sessions) {
    commands.push({
      id: session.id,
      name: session.name || session.url,
      kind: "Live session",
      icon: <MonitorPlay />,
      run: then(() => navigate({ to: "/sessions/$id", params: { id: session.id } })),
    });
  }
  for (const recording of recordings) {
    commands.push({
      id: recording.id,
      name: recording.name,
      kind: "Recording",
      icon: <Clapperboard />,
      run: then(() => navigate({ to: "/recordings/$id", params: { id: recording.id } })),
    });
    commands.push({
      id: `run ${recording.id}`,
      name: `Run ${recording.name}`,
      kind: "Start a run",
      icon: <Play />,
      run: then(async () => {
        const run = await startRun({ recordingId: recording.id });
        await navigate({ to: "/runs/$id", params: { id: run.id } });
      }),
    });
  }
  for (const theme of ["system", "light", "dark"] as const) {
    commands.push({
      id: `theme ${theme}`,
      name: `Theme: ${theme}`,
      kind: "Appearance",
      icon: <SunMoon />,
      run: then(() => setTheme(theme)),
    });
  }
  commands.push({
    id: "new film",
    name: "New film",
    kind: "Make a film",
    icon: <Film />,
    run: then(() => navigate({ to: "/films/new" })),
  });
  if (looksLikeAddress(typed)) {
    const url = toAddress(typed);
    commands.unshift({
      id: "film",
      name: `Film ${cutMiddle(url, 48)}`,
      kind: "Make a film",
      icon: <Film />,
      always: true,
      run: then(() => navigate({ to: "/films/new", search: { url } })),
    });
    commands.unshift({
      id: "open",
      name: `Open ${cutMiddle(url, 48)}`,
      kind: "New session",
      icon: <Globe />,
      always: true,
      run: then(() => open(url)),
    });
  }
  return commands;
}
