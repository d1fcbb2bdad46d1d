import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { signIn } from "@/api/auth.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { Door } from "./door.tsx";

export function SignInPage() {
  useNamePlace("Sign in");
  const { next } = useSearch({ from: "/sign-in" });
  const router = useRouter();
  const cache = useQueryClient();
  const [name, setName] = useState("owner");
  const [password, setPassword] = useState("");
  const entry = useMutation({
    mutationFn: () => signIn(name, password),
    onSuccess: async () => {
      await cache.resetQueries({ queryKey: ["me"] });
      // Only our own paths: an address from elsewhere must not decide where a sign-in leads.
      router.history.push(next?.startsWith("/") && !next.startsWith("//") ? next : "/");
    },
  });

  return (
    <Door title="Sign in">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          entry.mutate();
        }}
      >
        <Field label="Name">
          <Input value={name} onValueChange={setName} autoComplete="username" required />
        </Field>
        <Field label="Password">
          <Input type="password" value={password} onValueChange={setPassword} autoComplete="current-password" required autoFocus />
        </Field>
        {entry.error && (
          <p role="alert" className="flex items-start gap-2 text-danger-text">
            <CircleAlert className="mt-0.5 size-4 shrink-0" />
            {entry.error.message}
          </p>
        )}
        <Button type="submit" tone="primary" size="lg" busy={entry.isPending} className="mt-1">
          Sign in
        </Button>
      </form>
      <p className="mt-4 border-t border-line pt-4 text-data text-muted">
        No password yet? Run <code className="code rounded-sm bg-sunken px-1 py-0.5 text-ink">proscenium link</code> on the server: it
        prints a one-time link.
      </p>
    </Door>
  );
}
