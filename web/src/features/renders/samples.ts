import type { Kind } from "./draft.ts";

export interface Sample {
  name: string;
  kind: Kind;
  code: string;
}

/** Where to begin. */
export const samples: readonly Sample[] = [
  {
    name: "Rings",
    kind: "p5",
    code: `function setup() {
  createCanvas(800, 800);
  noFill();
}

function draw() {
  background(14, 14, 18);
  translate(width / 2, height / 2);
  for (let ring = 0; ring < 24; ring++) {
    stroke(245, 165 - ring * 3, 36 + ring * 6, 220 - ring * 6);
    strokeWeight(1 + ring * 0.35);
    rotate(frameCount * 0.004 + ring * 0.02);
    ellipse(0, 0, 60 + ring * 28, 60 + ring * 28 * (0.7 + 0.3 * sin(frameCount * 0.05 + ring * 0.4)));
  }
}
`,
  },
  {
    name: "Flow field",
    kind: "p5",
    code: `const grains = [];

function setup() {
  createCanvas(800, 800);
  background(250, 247, 240);
  for (let i = 0; i < 900; i++) grains.push({ x: random(width), y: random(height), shade: random(40, 170) });
}

function draw() {
  for (const grain of grains) {
    const turn = noise(grain.x * 0.004, grain.y * 0.004) * TWO_PI * 2;
    stroke(grain.shade, 90, 140 - grain.shade / 2, 40);
    const { x, y } = grain;
    grain.x = (x + cos(turn) * 2 + width) % width;
    grain.y = (y + sin(turn) * 2 + height) % height;
    if (abs(grain.x - x) < 9 && abs(grain.y - y) < 9) line(x, y, grain.x, grain.y);
  }
}
`,
  },
  {
    name: "Torus in WebGL",
    kind: "p5",
    code: `function setup() {
  createCanvas(800, 800, WEBGL);
  noStroke();
}

function draw() {
  background(18, 20, 28);
  ambientLight(60);
  directionalLight(255, 190, 90, 0.4, 0.8, -1);
  rotateX(frameCount * 0.02);
  rotateY(frameCount * 0.031);
  specularMaterial(240, 160, 50);
  shininess(30);
  torus(180, 70, 48, 24);
}
`,
  },
  {
    name: "Script on a canvas",
    kind: "js",
    code: `const canvas = document.body.appendChild(document.createElement("canvas"));
document.body.style.margin = 0;
canvas.width = innerWidth;
canvas.height = innerHeight;
const pen = canvas.getContext("2d");

requestAnimationFrame(function draw(time) {
  pen.fillStyle = "#101418";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < 60; i++) {
    const turn = time / 900 + i / 6;
    pen.fillStyle = \`hsl(\${i * 6} 80% 60%)\`;
    pen.fillRect(canvas.width * (0.5 + 0.4 * Math.cos(turn)), (canvas.height / 60) * i, 90, 6);
  }
  requestAnimationFrame(draw);
});
`,
  },
  {
    name: "Card in HTML",
    kind: "html",
    code: `<style>
  body { margin: 0; height: 100vh; display: grid; place-content: center; gap: 12px; text-align: center;
         font: 600 28px system-ui; color: #fff; background: linear-gradient(130deg, #3a1c71, #d76d77 60%, #ffaf7b); }
  h1 { font-size: 84px; margin: 0; animation: rise 1.2s ease-out both }
  p { margin: 0; opacity: .8; animation: rise 1.2s .25s ease-out both }
  @keyframes rise { from { transform: translateY(40px); opacity: 0 } }
</style>
<h1>Opening night</h1>
<p>Every frame drawn on command</p>
`,
  },
];
