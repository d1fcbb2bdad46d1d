new p5((sketch) => {
  sketch.setup = () => {
    sketch.createCanvas(200, 200);
  };
  sketch.draw = () => {
    sketch.background(220);
    sketch.fill(60, 90, 200);
    sketch.square(50, 50, 60 + sketch.frameCount * 10);
  };
});
