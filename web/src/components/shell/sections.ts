import {
  CalendarClock,
  CircleAlert,
  Clapperboard,
  Film,
  House,
  Image,
  ListVideo,
  type LucideIcon,
  MonitorPlay,
  Settings,
} from "lucide-react";

export interface Section {
  to: "/" | "/sessions" | "/recordings" | "/runs" | "/schedules" | "/films" | "/renders" | "/errors" | "/settings";
  name: string;
  icon: LucideIcon;
  keys: string;
  /** A phone's rail has no room for it; another place leads there. */
  isWideOnly?: boolean;
}

/** The places of the rail, in its order. */
export const sections: readonly Section[] = [
  { to: "/", name: "Home", icon: House, keys: "g h" },
  { to: "/sessions", name: "Sessions", icon: MonitorPlay, keys: "g s" },
  { to: "/recordings", name: "Recordings", icon: Clapperboard, keys: "g c" },
  { to: "/runs", name: "Runs", icon: ListVideo, keys: "g r" },
  { to: "/schedules", name: "Schedules", icon: CalendarClock, keys: "g t", isWideOnly: true },
  { to: "/films", name: "Films", icon: Film, keys: "g f" },
  { to: "/renders", name: "Renders", icon: Image, keys: "g d" },
  { to: "/errors", name: "Errors", icon: CircleAlert, keys: "g e" },
  { to: "/settings", name: "Settings", icon: Settings, keys: "g ," },
];

export const sectionOf = (path: string): Section =>
  sections.find((section) => section.to !== "/" && path.startsWith(section.to)) ?? (sections[0] as Section);
