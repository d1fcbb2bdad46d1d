let size = 0;

async function setup() {
  createCanvas(200, 200);
  await new Promise((done) => setTimeout(done, 100));
  size = 120;
}

function draw() {
  background(240);
  fill(200, 90, 120);
  circle(100, 100, size + frameCount);
}
