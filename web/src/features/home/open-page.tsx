import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ArrowRight, ChevronDown, CircleAlert, Globe } from "lucide-react";
import { useId, useState } from "react";
import { startSession } from "@/api/sessions.ts";
import { Button } from "@/components/ui/button.tsx";
import { Checkbox } from "@/components/ui/checkbox.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Select } from "@/components/ui/select.tsx";
import { toAddress } from "@/lib/address.ts";
import { cn } from "@/lib/class-names.ts";
import { defaultEngine, type Engine, engines } from "@/lib/engines.ts";
import { defaultPreset, presets } from "@/lib/viewport-presets.ts";

/** Only Chromium shows pages as a phone does. */
const sizes = (browser: Engine) =>
  presets.map(({ preset, label, width, height, mobile }) => ({
    value: preset,
    label,
    note: mobile && browser !== "chromium" ? "Chromium only" : `${width} × ${height}`,
    disabled: mobile && browser !== "chromium",
  }));

/** The one large field: an address, Enter, and the curtain rises. */
export function OpenPage() {
  const [address, setAddress] = useState("");
  const [unfolded, setUnfolded] = useState(false);
  const [preset, setPreset] = useState(defaultPreset);
  const [browser, setBrowser] = useState(defaultEngine);
  const [record, setRecord] = useState(false);
  const [name, setName] = useState("");
  const optionsId = useId();
  const navigate = useNavigate();
  const cache = useQueryClient();

  const start = useMutation({
    mutationFn: () =>
      startSession({
        url: toAddress(address),
        preset,
        browser,
        record,
        name: name.trim() || undefined,
      }),
    onSuccess: async (session) => {
      cache.invalidateQueries({ queryKey: ["sessions"] });
      await navigate({ to: "/sessions/$id", params: { id: session.id } });
    },
  });

  return (
    <section className="relative pt-12 max-md:pt-6" aria-labelledby={`${optionsId}-title`}>
      <h1 id={`${optionsId}-title`} className="relative mb-4 text-center text-h1 font-semibold max-md:text-left">
        Open a page
      </h1>
      <form
        className="relative mx-auto max-w-180"
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim()) start.mutate();
        }}
      >
        <div className="flex h-13 items-center max-md:h-14 gap-2 rounded-lg border border-edge bg-raised pr-1.5 pl-4 shadow-pop transition-colors focus-within:border-accent">
          <Globe className="size-4.5 text-faint" aria-hidden />
          <input
            aria-label="Page address"
            data-search
            // biome-ignore lint/a11y/noAutofocus: this field is what Home is for
            autoFocus={matchMedia("(pointer: fine)").matches}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
            placeholder="shop.example/cart"
            inputMode="url"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            className="h-full min-w-0 flex-1 bg-transparent text-[16px] outline-none placeholder:text-faint"
          />
          <Button
            type="submit"
            tone="primary"
            busy={start.isPending}
            disabled={!address.trim()}
            className="h-10 px-4 max-md:h-11"
            icon={<ArrowRight />}
          >
            Open
          </Button>
        </div>
        {start.error && (
          <p role="alert" className="mt-2 flex items-start gap-2 px-1 text-danger-text">
            <CircleAlert className="mt-0.5 size-4 shrink-0" />
            {start.error.message}
          </p>
        )}
        <div className="mt-2 flex justify-center max-md:justify-start">
          <button
            type="button"
            aria-expanded={unfolded}
            aria-controls={optionsId}
            onClick={() => setUnfolded(!unfolded)}
            className="flex h-8 items-center gap-1 rounded px-2 text-data text-muted hover:bg-hover hover:text-ink max-md:h-11"
          >
            Options
            <ChevronDown className={cn("size-3.5 transition-transform", unfolded && "rotate-180")} aria-hidden />
          </button>
        </div>
        {unfolded && (
          <div id={optionsId} className="mt-1 grid items-end gap-3 rounded-lg border border-line bg-surface p-4 sm:grid-cols-2">
            <Field label="Browser">
              <Select
                value={browser}
                choices={engines}
                label="Browser"
                onChange={(next) => {
                  setBrowser(next);
                  if (!sizes(next).some((size) => size.value === preset && !size.disabled)) setPreset(defaultPreset);
                }}
              />
            </Field>
            <Field label="Viewport">
              <Select value={preset} choices={sizes(browser)} onChange={setPreset} label="Viewport" />
            </Field>
            <Field label="Session name">
              <Input value={name} onValueChange={setName} placeholder="Optional" />
            </Field>
            <Checkbox label="Record from the start" checked={record} onChange={setRecord} />
          </div>
        )}
      </form>
    </section>
  );
}
