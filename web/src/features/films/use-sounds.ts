import { deleteSound, restoreSound, soundsQuery, uploadSound } from "@/api/sounds.ts";
import type { Sound } from "@/api/types.ts";
import { type Sent, useDeleteSent, useSend } from "./use-sent.ts";

const sounds: Sent<Sound> = {
  word: "sound",
  queryKey: soundsQuery().queryKey,
  upload: uploadSound,
  remove: deleteSound,
  restore: restoreSound,
};

export const useSendSound = (sent: (sound: Sound) => void) => useSend(sounds, sent);
export const useDeleteSound = (deleted: () => void) => useDeleteSent(sounds, deleted);
