import { Upload } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "@/components/ui/icon-button.tsx";

interface FileButtonProps {
  /** What is sent: "a sound". */
  what: string;
  /** What it is for. */
  label: string;
  /** As an input of files has it. */
  accept: string;
  disabled: boolean;
  autoFocus?: boolean;
  onFile: (file: File) => void;
}

/** Asks for a file to be sent. */
export function FileButton({ what, label, accept, disabled, autoFocus, onFile }: FileButtonProps) {
  const fileRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label={`Send ${what}: ${label}`} autoFocus={autoFocus} disabled={disabled} onClick={() => fileRef.current?.click()}>
        <Upload />
      </IconButton>
      <input
        ref={fileRef}
        type="file"
        accept={accept}
        aria-label={`File: ${label}`}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          // The same file can be chosen again.
          event.target.value = "";
        }}
      />
    </>
  );
}
