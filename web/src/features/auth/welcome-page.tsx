import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { claim } from "@/api/auth.ts";
import { buttonStyle } from "@/components/ui/button.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { Door } from "./door.tsx";

/** Where the one-time link leads: it signs in and goes on to Home. */
export function WelcomePage() {
  useNamePlace("Welcome");
  const { token } = useSearch({ from: "/welcome" });
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [problem, setProblem] = useState(token ? undefined : "This link has no token in it.");
  // The token works once, and development mode runs effects twice.
  const asked = useRef(false);

  useEffect(() => {
    if (!token || asked.current) return;
    asked.current = true;
    claim(token)
      .then(async () => {
        await cache.resetQueries({ queryKey: ["me"] });
        await navigate({ to: "/", replace: true });
      })
      .catch((error: Error) => setProblem(error.message));
  }, [token, cache, navigate]);

  if (!problem) {
    return (
      <Door title="Welcome">
        <p className="flex items-center gap-2 text-muted" role="status">
          <span className="size-3.5 animate-spin rounded-full border-2 border-accent border-t-transparent" />
          Opening the doors…
        </p>
      </Door>
    );
  }
  return (
    <Door title="This link does not open the door">
      <p role="alert" className="text-muted">
        {problem}
      </p>
      <p className="mt-2 text-muted">
        A link works once. Run <code className="code rounded-sm bg-sunken px-1 py-0.5 text-ink">proscenium link</code> on the server for a
        fresh one.
      </p>
      <Link to="/sign-in" className={buttonStyle({ className: "mt-4 w-full", size: "lg" })}>
        Sign in with a password
      </Link>
    </Door>
  );
}
