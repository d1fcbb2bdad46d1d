import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { deleteSound, restoreSound, soundsQuery, uploadSound } from "@/api/sounds.ts";
import type { Sound } from "@/api/types.ts";
import { toast } from "@/components/ui/toaster.tsx";

/** Sends a sound; how much has gone is told while it goes, and it can be stopped. */
export function useSendSound(sent: (sound: Sound) => void) {
  const cache = useQueryClient();
  const [share, setShare] = useState(0);
  const stopRef = useRef<AbortController>(undefined);
  const sending = useMutation({
    mutationFn: (file: File) => {
      setShare(0);
      stopRef.current = new AbortController();
      return uploadSound(file, setShare, stopRef.current.signal);
    },
    onSuccess: async (sound) => {
      await cache.invalidateQueries({ queryKey: soundsQuery().queryKey });
      sent(sound);
    },
    onError: (error) => {
      if (error.name !== "AbortError") toast.failed("The sound was not taken", error);
    },
  });
  return { send: sending.mutate, isSending: sending.isPending, share, stop: () => stopRef.current?.abort() };
}

/** Takes a sound out of the list, and brings it back when that was not meant. */
export function useDeleteSound(deleted: () => void) {
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: soundsQuery().queryKey });
  const restore = useMutation({
    mutationFn: (sound: Sound) => restoreSound(sound.id),
    onError: (error) => toast.failed("It could not be brought back", error),
    onSettled: refresh,
  });
  return useMutation({
    mutationFn: (sound: Sound) => deleteSound(sound.id),
    onSuccess: (_, sound) => {
      toast.done(`“${sound.name}” deleted`, { undo: () => restore.mutate(sound) });
      deleted();
    },
    onError: (error) => toast.failed("It could not be deleted", error),
    onSettled: refresh,
  });
}
