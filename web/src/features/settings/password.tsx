import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { setPassword } from "@/api/auth.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { toast } from "@/components/ui/toaster.tsx";

const SHORTEST = 8;

export function Password({ has }: { has: boolean }) {
  const [password, setTyped] = useState("");
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: () => setPassword(password),
    onSuccess: () => {
      setTyped("");
      cache.invalidateQueries({ queryKey: ["me"] });
      toast.done("Password set");
    },
  });
  const short = password.length > 0 && password.length < SHORTEST;
  return (
    <form
      className="flex items-start gap-2 border-t border-line pt-4 max-sm:flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (password.length >= SHORTEST) change.mutate();
      }}
    >
      <Field
        label="New password"
        className="w-full max-w-80"
        hint={has ? "Replaces the one you have." : "You sign in by link only. A password lets you in without one."}
        error={change.error?.message ?? (short ? `At least ${SHORTEST} characters` : undefined)}
      >
        <Input type="password" autoComplete="new-password" value={password} onValueChange={setTyped} />
      </Field>
      <Button type="submit" className="mt-5" disabled={password.length < SHORTEST} busy={change.isPending}>
        Set password
      </Button>
    </form>
  );
}
