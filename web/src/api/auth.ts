import { queryOptions } from "@tanstack/react-query";
import { api, one } from "./client.ts";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => one(api.GET("/api/v1/auth/me", { signal })),
  staleTime: 60_000,
  retry: 1,
});

export const claim = (token: string) => one(api.POST("/api/v1/auth/claim", { body: { token } }));
export const signIn = (name: string, password: string) => one(api.POST("/api/v1/auth/login", { body: { name, password } }));
export const setPassword = (password: string) => one(api.POST("/api/v1/auth/password", { body: { password } }));
export const signOut = () => one(api.POST("/api/v1/auth/logout"));
