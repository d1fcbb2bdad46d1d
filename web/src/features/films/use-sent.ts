import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { toast } from "@/components/ui/toaster.tsx";

/** How files of a kind are sent to the server, and taken away. */
export interface Sent<T> {
  /** "sound". */
  word: string;
  queryKey: QueryKey;
  upload: (file: File, progress: (share: number) => void, signal: AbortSignal) => Promise<T>;
  remove: (id: string) => Promise<unknown>;
  restore: (id: string) => Promise<unknown>;
}

/** Sends a file; how much has gone is told while it goes, and it can be stopped. */
export function useSend<T>({ word, queryKey, upload }: Sent<T>, sent: (one: T) => void) {
  const cache = useQueryClient();
  const [share, setShare] = useState(0);
  const stopRef = useRef<AbortController>(undefined);
  const sending = useMutation({
    mutationFn: (file: File) => {
      setShare(0);
      stopRef.current = new AbortController();
      return upload(file, setShare, stopRef.current.signal);
    },
    onSuccess: async (one) => {
      await cache.invalidateQueries({ queryKey });
      sent(one);
    },
    onError: (error) => {
      if (error.name !== "AbortError") toast.failed(`The ${word} was not taken`, error);
    },
  });
  return { send: sending.mutate, isSending: sending.isPending, share, stop: () => stopRef.current?.abort() };
}

/** Takes a file out of the list, and brings it back when that was not meant. */
export function useDeleteSent<T extends { id: string; name: string }>({ queryKey, remove, restore }: Sent<T>, deleted: () => void) {
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey });
  const restoring = useMutation({
    mutationFn: (one: T) => restore(one.id),
    onError: (error) => toast.failed("It could not be brought back", error),
    onSettled: refresh,
  });
  return useMutation({
    mutationFn: (one: T) => remove(one.id),
    onSuccess: (_, one) => {
      toast.done(`“${one.name}” deleted`, { undo: () => restoring.mutate(one) });
      deleted();
    },
    onError: (error) => toast.failed("It could not be deleted", error),
    onSettled: refresh,
  });
}
