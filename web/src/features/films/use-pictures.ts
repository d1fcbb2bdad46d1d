import { deletePicture, picturesQuery, restorePicture, uploadPicture } from "@/api/pictures.ts";
import type { SentPicture } from "@/api/types.ts";
import { type Sent, useDeleteSent, useSend } from "./use-sent.ts";

const pictures: Sent<SentPicture> = {
  word: "picture",
  queryKey: picturesQuery().queryKey,
  upload: uploadPicture,
  remove: deletePicture,
  restore: restorePicture,
};

export const useSendPicture = (sent: (picture: SentPicture) => void) => useSend(pictures, sent);
export const useDeletePicture = (deleted: () => void) => useDeleteSent(pictures, deleted);
