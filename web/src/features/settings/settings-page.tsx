import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import { meQuery, signOut } from "@/api/auth.ts";
import { PageHeader } from "@/components/page-header.tsx";
import { Section } from "@/components/section.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Segmented } from "@/components/ui/segmented.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { setTheme, useThemeChoice } from "@/lib/theme.ts";
import { Health } from "./health.tsx";
import { Password } from "./password.tsx";

export function SettingsPage() {
  useNamePlace("Settings");
  const theme = useThemeChoice();
  const me = useQuery(meQuery).data?.user;
  const cache = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOut,
    onSettled: async () => {
      cache.clear();
      await navigate({ to: "/sign-in" });
    },
  });
  return (
    <>
      <PageHeader title="Settings" />
      <div className="flex max-w-200 flex-col gap-8 px-6 pb-12 max-md:px-4">
        <Section title="Appearance">
          <Segmented
            label="Theme"
            value={theme}
            choices={[
              { value: "system", label: "System" },
              { value: "light", label: "Light" },
              { value: "dark", label: "Dark" },
            ]}
            onChange={setTheme}
          />
        </Section>
        <Section title="Account">
          <div className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4">
            <div className="flex items-center gap-3">
              <p className="flex-1">
                Signed in as <strong className="font-semibold">{me?.name}</strong>
              </p>
              <Button icon={<LogOut />} busy={leave.isPending} onClick={() => leave.mutate()}>
                Sign out
              </Button>
            </div>
            <Password has={me?.hasPassword ?? false} />
          </div>
        </Section>
        <Health />
      </div>
    </>
  );
}
