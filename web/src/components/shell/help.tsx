import { commandKey } from "@/lib/platform.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { sections } from "./sections.ts";

const groups: { title: string; keys: [string, string][] }[] = [
  { title: "Go to", keys: sections.map(({ name, keys }) => [keys, name]) },
  {
    title: "Anywhere",
    keys: [
      [`${commandKey} K`, "Search and commands"],
      ["/", "Search this page"],
      ["j", "Next row"],
      ["k", "Previous row"],
      ["Enter", "Open the row"],
      ["Esc", "Back, close"],
      ["?", "This help"],
    ],
  },
  {
    title: "Recording editor",
    keys: [
      [`${commandKey} S`, "Save"],
      [`${commandKey} Z`, "Undo"],
      [`${commandKey} ⇧ Z`, "Redo"],
      ["Alt ↑ ↓", "Move the step"],
      ["Delete", "Delete the selected steps"],
    ],
  },
  { title: "Playground, new film", keys: [[`${commandKey} ↵`, "Render, film"]] },
  { title: "Live session", keys: [["Ctrl ⇧ Esc", "Leave the stage: keys are ours again"]] },
];

export function Help({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" className="w-[min(640px,calc(100vw-32px))]">
      <div className="columns-2 gap-8 max-sm:columns-1">
        {groups.map((group) => (
          <section key={group.title} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-data font-medium text-muted">{group.title}</h3>
            <dl>
              {group.keys.map(([keys, what]) => (
                <div key={what} className="row flex items-center justify-between gap-4 border-b border-line">
                  <dt>{what}</dt>
                  <dd className="flex gap-1">
                    {keys.split(" ").map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
