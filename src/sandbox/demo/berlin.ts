import { html, raw } from 'hono/html'

const WIDTH = 1_200
const HEIGHT = 720

/** A street that runs across the sheet, a little bent as streets are. */
function street(from: readonly [number, number], to: readonly [number, number], bend: number): string {
  const [x1, y1] = from
  const [x2, y2] = to
  const middle = [(x1 + x2) / 2 + (y2 - y1) * bend, (y1 + y2) / 2 - (x2 - x1) * bend]
  return `M${x1} ${y1}Q${middle.map(Math.round).join(' ')} ${x2} ${y2}`
}

const steps = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Side streets: a slanted grid, each line with its own bend. */
const lanes = [
  ...steps(17).map((i) => street([i * 78 - 60, -10], [i * 78 + 20, HEIGHT + 10], ((i % 5) - 2) * 0.012)),
  ...steps(11).map((i) => street([-10, i * 72 - 20], [WIDTH + 10, i * 72 + 30], ((i % 4) - 1.5) * 0.014)),
]

const avenues = [
  'M-10 395C180 372 330 368 470 372S690 360 760 330 980 250 1210 215',
  'M-10 250C200 262 420 262 600 300S900 420 1210 470',
  'M330 730C380 600 470 480 560 372S700 120 730 -10',
  'M820 -10C800 150 790 260 760 330S660 560 640 730',
  'M1060 730C1000 600 900 440 760 330',
]

const river =
  'M-20 470C80 440 130 330 230 320S340 400 420 330 500 235 590 250 700 300 770 320 860 420 950 470 1090 560 1220 570'
const canal = 'M-20 560C140 545 240 520 360 530S560 590 680 560 820 480 930 480'

const labels: readonly (readonly [x: number, y: number, className: string, text: string])[] = [
  [310, 445, 'area', 'Tiergarten'],
  [500, 210, 'area', 'Mitte'],
  [870, 590, 'area', 'Kreuzberg'],
  [985, 180, 'area', 'Friedrichshain'],
  [130, 170, 'area', 'Moabit'],
  [485, 640, 'area', 'Schöneberg'],
  [905, 405, 'water-name', 'Spree'],
]

/** A drawing, not a survey: enough of Berlin to be worth coming back to. */
export const berlin = html`<svg
  class="berlin"
  viewBox="0 0 ${WIDTH} ${HEIGHT}"
  preserveAspectRatio="xMidYMid slice"
  role="img"
  aria-label="Map of central Berlin with the Spree, the Tiergarten and a marker at Alexanderplatz"
>
  <rect class="land" width="${WIDTH}" height="${HEIGHT}" />
  <path class="park" d="M150 385C230 350 420 350 505 375L520 440C440 480 280 490 165 470z" />
  <path class="park" d="M690 620C760 600 850 625 860 680S730 760 680 735z" />
  <path class="park" d="M960 90C1020 70 1100 90 1095 130S990 165 955 140z" />
  <path class="park" d="M20 60C70 40 110 60 105 95S40 125 15 105z" />
  ${raw(lanes.map((d) => `<path class="lane" d="${d}"/>`).join(''))}
  <path class="water" d="${river}" />
  <path class="water narrow" d="${canal}" />
  ${raw(['casing', 'avenue'].map((kind) => avenues.map((d) => `<path class="${kind}" d="${d}"/>`).join('')).join(''))}
  <ellipse class="casing" cx="640" cy="350" rx="505" ry="290" />
  <ellipse class="ring" cx="640" cy="350" rx="505" ry="290" />
  ${labels.map(([x, y, className, text]) => html`<text class="${className}" x="${x}" y="${y}">${text}</text>`)}
  <g class="pin" transform="translate(652 214)">
    <path d="M0 0C-4-12-16-18-16-32a16 16 0 0 1 32 0C16-18 4-12 0 0z" />
    <circle cy="-32" r="5.5" />
  </g>
  <text class="place" x="652" y="242">Alexanderplatz</text>
</svg>`
