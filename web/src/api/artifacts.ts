import { queryOptions } from "@tanstack/react-query";
import { ApiError } from "./api-error.ts";

/** The address of a picture: the API names it by itself or with its artifact. */
export const pictureUrl = (picture: string | { url: string } | null | undefined): string | undefined =>
  typeof picture === "string" ? picture : picture?.url;

/** A text artifact (DOM, console, network), read once: artifacts never change. */
export const textArtifactQuery = (url: string) =>
  queryOptions({
    queryKey: ["artifact-text", url],
    queryFn: async ({ signal }) => {
      const response = await fetch(url, { signal });
      if (!response.ok) throw new ApiError(response.status, "http_error", `The file answered ${response.status}.`);
      return response.text();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
