import { type RefObject, useCallback, useRef, useState } from "react";

export interface Player {
  videoRef: RefObject<HTMLVideoElement | null>;
  /** Where it is, in milliseconds. */
  atMs: number;
  seek: (ms: number) => void;
  /** Takes over where the video is; to be called whenever that changes. */
  follow: () => void;
}

/** A video and where it is, for all that stands around it. */
export function usePlayer(): Player {
  const videoRef = useRef<HTMLVideoElement>(null);
  const [atMs, setAtMs] = useState(0);
  const follow = useCallback(() => setAtMs((videoRef.current?.currentTime ?? 0) * 1000), []);
  const seek = useCallback((ms: number) => {
    const video = videoRef.current;
    if (video) {
      video.currentTime = ms / 1000;
      // On a phone the lists are below it.
      video.scrollIntoView({ block: "nearest" });
    }
    setAtMs(ms);
  }, []);
  return { videoRef, atMs, seek, follow };
}
