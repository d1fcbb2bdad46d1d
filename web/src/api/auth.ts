import { queryOptions } from "@tanstack/react-query";
import { send } from "./http.ts";
import type { Health, Me } from "./types.ts";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => send<Me>("/auth/me", { signal }),
  staleTime: 60_000,
  retry: 1,
});

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => send<Health>("/health", { signal }),
  refetchInterval: 15_000,
});

export const claim = (token: string) => send<Me>("/auth/claim", { body: { token } });
export const signIn = (name: string, password: string) => send<Me>("/auth/login", { body: { name, password } });
export const setPassword = (password: string) => send<unknown>("/auth/password", { body: { password } });
export const signOut = () => send<unknown>("/auth/logout", { method: "POST" });
