import {
  ArrowUpDown,
  Bookmark,
  Braces,
  Camera,
  CheckCheck,
  Clock,
  CornerDownLeft,
  FileDown,
  FileUp,
  Globe,
  Keyboard,
  ListFilter,
  type LucideIcon,
  MessageSquare,
  Monitor,
  Mouse,
  MousePointerClick,
  Move,
  PanelTop,
  PencilLine,
  Pointer,
  Repeat,
  Square,
  Workflow,
} from "lucide-react";
import { cn } from "@/lib/class-names.ts";

const icons: Record<string, LucideIcon> = {
  click: MousePointerClick,
  input: PencilLine,
  select: ListFilter,
  navigation: Globe,
  hover: Pointer,
  scroll: ArrowUpDown,
  wheel: Mouse,
  download: FileDown,
  screenshot: Camera,
  keypress: Keyboard,
  submit: CornerDownLeft,
  checkpoint: CheckCheck,
  "modal-lifecycle": PanelTop,
  drag: Move,
  upload: FileUp,
  dialog: MessageSquare,
  tab: PanelTop,
  wait: Clock,
  javascript: Braces,
  viewport: Monitor,
  control: Repeat,
  store: Bookmark,
  include: Workflow,
};

/** What kind of step it is. The step's sentence beside it says the same. */
export function StepIcon({ type, className }: { type: string; className?: string }) {
  const Icon = icons[type] ?? Square;
  return <Icon aria-hidden className={cn("size-3.5 shrink-0", type === "checkpoint" ? "text-success-text" : "text-faint", className)} />;
}
