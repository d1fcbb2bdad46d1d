import { ApiError } from "./api-error.ts";

/** Sends a file and tells how much of it has gone, from 0 to 1: `fetch` tells nobody. */
export function upload<T>(path: string, file: File, progress: (share: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiError(0, "unreachable", "The server does not answer. Is Proscenium still running?"));
    request.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    request.onload = () => {
      const body = request.response as { data?: T; error?: { code: string; message: string } } | null;
      if (request.status === 201 && body?.data) resolve(body.data);
      else
        reject(
          new ApiError(request.status, body?.error?.code ?? "http_error", body?.error?.message ?? `The server answered ${request.status}.`),
        );
    };
    signal.addEventListener("abort", () => request.abort());
    request.open("POST", `${path}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(file);
  });
}
