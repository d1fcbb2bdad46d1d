const particles = [];

function setup() {
  createCanvas(200, 200);
  for (let i = 0; i < 100; i += 1) particles.push({ position: createVector(100, 100), velocity: p5.Vector.random2D().mult(random(6)) });
}

function draw() {
  background(20, 60);
  for (const p of particles) {
    p.position.add(p.velocity);
    stroke(255);
    point(p.position.x, p.position.y);
  }
}
