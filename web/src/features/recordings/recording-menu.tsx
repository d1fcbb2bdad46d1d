import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Braces, CalendarClock, Ellipsis, FileText, FilmIcon, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { deleteRecording, downloadUrl, renameRecording, restoreRecording } from "@/api/recordings.ts";
import type { RecordingSummary } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field } from "@/components/ui/field.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu.tsx";
import { toast } from "@/components/ui/toaster.tsx";

export function RecordingMenu({ recording }: { recording: RecordingSummary }) {
  const cache = useQueryClient();
  const [renaming, setRenaming] = useState(false);
  const refresh = () => cache.invalidateQueries({ queryKey: ["recordings"] });

  const restore = useMutation({ mutationFn: () => restoreRecording(recording.id), onSettled: refresh });
  const remove = useMutation({
    mutationFn: () => deleteRecording(recording.id),
    onSuccess: () => toast.done(`“${recording.name}” deleted`, { undo: () => restore.mutate() }),
    onError: (error) => toast.failed("It could not be deleted", error),
    onSettled: refresh,
  });

  return (
    <>
      <Menu
        trigger={
          <IconButton label={`More for ${recording.name}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={() => setRenaming(true)}>
          Rename
        </MenuItem>
        <MenuItem icon={<FilmIcon />} render={<Link to="/films/new" search={{ recording: recording.id }} />}>
          Film…
        </MenuItem>
        <MenuItem icon={<CalendarClock />} render={<Link to="/schedules" search={{ add: recording.id }} />}>
          Schedule…
        </MenuItem>
        <MenuItem icon={<Braces />} render={<a href={downloadUrl(recording.id, "json")} download />}>
          Download JSON
        </MenuItem>
        <MenuItem icon={<FileText />} render={<a href={downloadUrl(recording.id, "yaml")} download />}>
          Download YAML
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => remove.mutate()}>
          Delete
        </MenuItem>
      </Menu>
      <Rename recording={recording} open={renaming} onOpenChange={setRenaming} onDone={refresh} />
    </>
  );
}

interface RenameProps {
  recording: RecordingSummary;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
}

function Rename({ recording, open, onOpenChange, onDone }: RenameProps) {
  const [name, setName] = useState(recording.name);
  const rename = useMutation({
    mutationFn: () => renameRecording(recording.id, name.trim()),
    onSuccess: () => {
      onDone();
      onOpenChange(false);
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Rename recording"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button tone="primary" busy={rename.isPending} disabled={!name.trim()} onClick={() => rename.mutate()}>
            Rename
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) rename.mutate();
        }}
      >
        <Field label="Name" error={rename.error?.message}>
          <Input value={name} onValueChange={setName} autoFocus maxLength={255} />
        </Field>
      </form>
    </Dialog>
  );
}
