import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { cn } from "@/lib/class-names.ts";

export interface TabItem<T extends string> {
  value: T;
  label: string;
  count?: number;
  alarm?: boolean;
  content: ReactNode;
}

interface TabsProps<T extends string> {
  label: string;
  value: T;
  items: readonly TabItem<T>[];
  onChange: (value: T) => void;
  className?: string;
  trailing?: ReactNode;
}

export function Tabs<T extends string>({ label, value, items, onChange, className, trailing }: TabsProps<T>) {
  const shown = items.find((item) => item.value === value);
  return (
    <BaseTabs.Root value={value} onValueChange={(next) => onChange(next as T)} className={cn("flex min-h-0 flex-col", className)}>
      <div className="flex items-center border-b border-line">
        <BaseTabs.List
          aria-label={label}
          className="flex min-w-0 flex-1 gap-1 overflow-x-auto overflow-y-hidden px-2 [scrollbar-width:none]"
        >
          {items.map((item) => (
            <BaseTabs.Tab
              key={item.value}
              value={item.value}
              className="flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2 whitespace-nowrap text-muted select-none transition-colors -outline-offset-2 hover:text-ink data-active:border-accent data-active:font-medium data-active:text-ink max-md:h-11"
            >
              {item.label}
              {item.count !== undefined && item.count > 0 && (
                <span
                  aria-hidden
                  className={cn("num rounded-full px-1.5", item.alarm ? "bg-danger-soft text-danger-text" : "bg-hover text-muted")}
                >
                  {item.count > 999 ? "999+" : item.count}
                </span>
              )}
            </BaseTabs.Tab>
          ))}
        </BaseTabs.List>
        {trailing}
      </div>
      {/* Only the shown panel exists, so that none lingers while another comes. */}
      {shown && (
        <BaseTabs.Panel key={shown.value} value={shown.value} className="min-h-0 flex-1 overflow-auto -outline-offset-2">
          {shown.content}
        </BaseTabs.Panel>
      )}
    </BaseTabs.Root>
  );
}
