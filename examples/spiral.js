// A sketch for `proscenium render`: dots on a spiral, breathing for two seconds and then from the beginning again.
const DOTS = 600;

function setup() {
  createCanvas(640, 360);
  noStroke();
}

function draw() {
  const turn = (TWO_PI * frameCount) / 120;
  background(16, 18, 27);
  translate(width / 2, height / 2);
  for (let i = 0; i < DOTS; i += 1) {
    const angle = i * 2.39996;
    const radius = 7 * sqrt(i) * (1 + 0.08 * sin(turn + i * 0.02));
    const glow = 0.5 + 0.5 * sin(turn * 2 - i * 0.05);
    fill(90 + 150 * glow, 120 + 60 * noise(i * 0.01), 230, 220);
    circle(radius * cos(angle + turn * 0.5), radius * sin(angle + turn * 0.5), 3 + 4 * glow);
  }
}
