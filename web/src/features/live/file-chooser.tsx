import { useMutation } from "@tanstack/react-query";
import { File as FileIcon, Upload, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { uploadFiles } from "@/api/sessions.ts";
import { Button } from "@/components/ui/button.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { cn } from "@/lib/class-names.ts";
import { formatBytes } from "@/lib/size.ts";
import { iHoldControl } from "./live-model.ts";
import type { LiveState } from "./protocol.ts";
import { useLive, useLiveSession } from "./use-live.ts";
import { cardStyle, useKeysBack, Veil } from "./veil.tsx";

/** Files from this computer for the page that asks for some. */
export function FileChooser({ chooser }: { chooser: NonNullable<LiveState["fileChooser"]> }) {
  const live = useLiveSession();
  const id = useLive((model) => model.session?.id ?? "");
  const mine = useLive(iHoldControl);
  const [files, setFiles] = useState<File[]>([]);
  const [over, setOver] = useState(false);
  const inputRef = useRef<HTMLInputElement>(null);
  const titleId = useId();
  useKeysBack();

  const add = (added: FileList | null) => {
    const list = [...(added ?? [])];
    if (list.length > 0) setFiles(chooser.multiple ? [...files, ...list] : list.slice(0, 1));
  };
  const upload = useMutation({
    mutationFn: () => uploadFiles(id, files),
    onSuccess: (uploaded) => live.send({ t: "files", uploads: uploaded.map((each) => each.id) }),
  });
  const cancel = () => live.send({ t: "files", uploads: [] });

  return (
    <Veil>
      <div
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        className={cardStyle}
        onKeyDown={(event) => event.key === "Escape" && cancel()}
      >
        <h2 id={titleId} className="text-h3 font-semibold">
          Choose files
        </h2>
        <p className="mt-0.5 text-muted">
          The page asks for {chooser.multiple ? "files" : "a file"}
          {chooser.accept ? ` (${chooser.accept})` : ""}.
        </p>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the button inside */}
        <div
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            add(event.dataTransfer.files);
          }}
          className={cn(
            "mt-3 flex flex-col items-center gap-2 rounded border border-dashed border-edge px-4 py-5",
            over && "border-accent bg-accent-soft",
          )}
        >
          <span className="text-muted max-md:hidden">Drop {chooser.multiple ? "them" : "it"} here, or</span>
          <Button autoFocus onClick={() => inputRef.current?.click()}>
            Browse
          </Button>
          <input
            ref={inputRef}
            aria-label="Files"
            type="file"
            className="sr-only"
            tabIndex={-1}
            multiple={chooser.multiple}
            accept={chooser.accept}
            onChange={(event) => add(event.target.files)}
          />
        </div>
        <ul className="mt-2">
          {files.map((file) => (
            <li key={file.name + file.size} className="row flex items-center gap-2">
              <FileIcon className="size-4 shrink-0 text-faint" />
              <span className="min-w-0 flex-1 truncate">{file.name}</span>
              <span className="num text-muted">{formatBytes(file.size)}</span>
              <IconButton label={`Remove ${file.name}`} onClick={() => setFiles(files.filter((each) => each !== file))}>
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
        {upload.error && (
          <p role="alert" className="mt-2 text-danger-text">
            {upload.error.message}
          </p>
        )}
        <div className="mt-3 flex justify-end gap-2">
          <Button onClick={cancel} disabled={!mine}>
            Cancel
          </Button>
          <Button
            tone="primary"
            icon={<Upload />}
            disabled={files.length === 0 || !mine}
            busy={upload.isPending}
            onClick={() => upload.mutate()}
          >
            Upload
          </Button>
        </div>
      </div>
    </Veil>
  );
}
