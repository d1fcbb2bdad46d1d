// Tells the stage when a sketch begins, is set up and has drawn: in p5 1 by its hooks, in p5 2 as an addon.
(() => {
  const stage = window.__proscenium_stage;
  const begun = () => {
    stage.sketches += 1;
    stage.settingUp += 1;
  };
  const ready = () => {
    stage.settingUp -= 1;
  };
  const drawn = () => {
    stage.draws += 1;
  };
  if (typeof p5.registerAddon === "function") {
    p5.registerAddon((_p5, _prototype, lifecycles) => {
      lifecycles.presetup = begun;
      lifecycles.postsetup = ready;
      lifecycles.postdraw = drawn;
    });
  } else {
    p5.prototype.registerMethod("init", begun);
    p5.prototype.registerMethod("afterSetup", ready);
    p5.prototype.registerMethod("post", drawn);
  }
  // Its friendly checks read the whole source again and ask the network for words; the page's own errors say enough.
  p5.disableFriendlyErrors = true;
  // The library is there. Written only now, so that nothing asks for the sketch before; the answer comes with the job.
  const tag = "script";
  document.write(`<${tag} src="sketch.js"></${tag}>`);
})();
