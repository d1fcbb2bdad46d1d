import { queryOptions } from "@tanstack/react-query";
import { ApiError, apiUrl } from "./http.ts";
import type { PictureRef } from "./types.ts";

export const contentUrl = (artifactId: string) => apiUrl(`/artifacts/${artifactId}/content`);

/** The address of a picture however the API named it. */
export function pictureUrl(ref: PictureRef | null | undefined): string | undefined {
  if (!ref) return undefined;
  if (typeof ref !== "string") return ref.url || (ref.artifactId && contentUrl(ref.artifactId));
  return ref.startsWith("/") || ref.startsWith("data:") || ref.startsWith("http") ? ref : contentUrl(ref);
}

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
