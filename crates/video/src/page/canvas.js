// Films of a page that is one canvas: its frames go from the canvas to the browser's encoder, past the screen.
(stage) => {
  // Frames that may wait for the encoder.
  const AHEAD = 4;
  // Whatever the code does to these later, the film is made with the browser's own.
  const { VideoEncoder, VideoFrame, Uint8Array: Bytes } = window;

  let canvas, encoder, failure, fps, group, size;
  let chunks = [];

  const only = () => {
    const all = document.querySelectorAll("canvas");
    return all.length === 1 ? all[0] : undefined;
  };

  // What the canvas holds, as PNG; whether the page shows the same is seen by who compares it with a picture of the page.
  const picture = () => canvas.toDataURL("image/png").slice("data:image/png;base64,".length);

  const take = () => {
    const taken = chunks;
    chunks = [];
    return taken.map((chunk) => {
      const bytes = new Bytes(chunk.byteLength);
      chunk.copyTo(bytes);
      return bytes.toBase64();
    });
  };

  stage.canvas = {
    // A whole picture comes every so many `frames`. Nothing when the page is no single canvas of this size, or when the browser has no such encoder.
    open: async (config, frames) => {
      canvas = only();
      if (!canvas || canvas.width !== config.width || canvas.height !== config.height) return undefined;
      if (!VideoEncoder || !(await VideoEncoder.isConfigSupported(config)).supported) return undefined;
      encoder = new VideoEncoder({
        output: (chunk) => chunks.push(chunk),
        error: (error) => {
          failure = error;
        },
      });
      encoder.configure(config);
      fps = config.framerate;
      group = frames;
      size = [canvas.width, canvas.height];
      return picture();
    },
    picture: () => (only() === canvas ? picture() : undefined),
    // Takes one frame after another; `times` are those of the page at each, nothing for where it is already.
    film: async (first, times) => {
      for (const [offset, until] of times.entries()) {
        const index = first + offset;
        if (until !== null) await stage.step(until);
        if (only() !== canvas || canvas.width !== size[0] || canvas.height !== size[1]) return undefined;
        const frame = new VideoFrame(canvas, { timestamp: Math.round((index * 1e6) / fps), alpha: "discard" });
        encoder.encode(frame, { keyFrame: index % group === 0 });
        frame.close();
        while (encoder.encodeQueueSize > AHEAD && !failure) {
          await new Promise((resolve) => encoder.addEventListener("dequeue", resolve, { once: true }));
        }
        if (failure) throw failure;
      }
      return { draws: stage.draws, chunks: take() };
    },
    finish: async () => {
      await encoder.flush();
      if (failure) throw failure;
      encoder.close();
      return { draws: stage.draws, chunks: take() };
    },
  };
};
