function setup() {
  createCanvas(200, 200);
  noLoop();
}

function draw() {
  randomSeed(4);
  noiseSeed(4);
  background(255);
  for (let i = 0; i < 60; i += 1) {
    fill(noise(i) * 255);
    rect(random(180), random(180), 20, 20, 4);
  }
}
