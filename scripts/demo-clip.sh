# shellcheck shell=bash
# Sourced by ./run. Draws a twelve-second recording of a little game: a ball that jumps over blocks in time with a tune.
# It needs nothing but ffmpeg, so that the first Short can be made without an account and without a download.

# The tune: 32 notes of 0.375 s as semitones from A3; four bars of Am, F, C, G.
demo_notes=(0 3 7 12 15 12 7 3 -4 0 3 8 12 8 3 0 3 7 10 15 19 15 10 7 -2 2 5 10 14 10 7 12)

# Prints the ffmpeg expression that picks the note of the current time.
demo_pick_note() {
  local expression=0 i
  for ((i = ${#demo_notes[@]} - 1; i >= 0; i--)); do
    expression="if(lt(t,$((i + 1))*0.375),${demo_notes[i]},$expression)"
  done
  printf '%s' "$expression"
}

# Prints the sound: plucked lead, bass on every jump. Each note starts at phase zero and fades out fully, so nothing clicks.
demo_sound() {
  local note lead root bass
  note="$(demo_pick_note)"
  lead="st(0,mod(t,0.375));st(1,220*pow(2,($note)/12))"
  lead+=";0.30*min(1,ld(0)*150)*exp(-6*ld(0))*(1-ld(0)/0.375)*(sin(2*PI*ld(1)*ld(0))+0.4*sin(4*PI*ld(1)*ld(0))+0.15*sin(6*PI*ld(1)*ld(0)))"
  root="if(lt(t,3),0,if(lt(t,6),-4,if(lt(t,9),3,-2)))"
  bass="st(0,mod(t,0.75));st(1,55*pow(2,($root)/12))"
  bass+=";0.35*min(1,ld(0)*80)*exp(-3*ld(0))*(1-ld(0)/0.75)*(sin(2*PI*ld(1)*ld(0))+0.5*sin(4*PI*ld(1)*ld(0)))"
  printf '%s' "aevalsrc=exprs='$lead':s=48000:d=12[lead];aevalsrc=exprs='$bass':s=48000:d=12[bass];"
  printf '%s' "[lead]aecho=0.8:0.6:187|375:0.3|0.18,aformat=channel_layouts=stereo[wet];"
  printf '%s' "[wet][bass]amix=inputs=2:duration=longest,volume=2.9,atrim=duration=12,afade=t=in:d=0.05,afade=t=out:st=11.4:d=0.6[a]"
}

# Prints one layer, drawn once and then set in motion: $1 label, $2 size, $3 expressions of geq, $4 further filters.
# Only the strip that is seen is drawn: blending full frames is what would take long.
demo_layer() {
  printf '%s' "color=c=black:s=$2:r=30:d=0.04,trim=end_frame=1,format=rgba,geq=$3,format=yuva420p,loop=loop=-1:size=1$4[$1];"
}

demo_picture() {
  # Every hill is a sum of sines whose periods divide the width, so that it scrolls without a seam.
  local x='2*PI*X/1920' sun='hypot(X-1180,Y-430)' disc='clip(121-hypot(X-1180,Y-430),0,1)'
  printf '%s' "color=c=black:s=1920x1080:r=30:d=0.04,trim=end_frame=1,format=gbrp,geq=r='clip(30+210*pow(Y/800,1.5)+130*exp(-$sun/170)+255*$disc,0,255)':g='clip(18+105*pow(Y/800,2)+80*exp(-$sun/190)+130*$disc,0,255)':b='clip(74+40*sin(PI*Y/800)+20*exp(-$sun/240)-30*$disc,0,255)',format=yuv420p,loop=loop=-1:size=1[sky];"
  demo_layer far 1920x420 "r='88':g='42':b='114':a='255*clip(Y+480-(600+70*sin($x*2+1)+45*sin($x*5)+16*sin($x*13+2)),0,1)'" ',scroll=h=0.0008'
  demo_layer mid 1920x300 "r='56':g='25':b='84':a='255*clip(Y+600-(720+60*sin($x*3)+35*sin($x*7+1)+9*sin($x*23)),0,1)'" ',scroll=h=0.0025'
  # The road runs at 640 px/s: one block each 480 px is one jump of 0.75 s. Y counts from 800 here.
  local road='gte(Y,90)' edge='between(Y,90,102)' block='between(mod(X,480),196,284)*lt(Y,90)' shine='between(mod(X,480),196,284)*lt(Y,13)'
  demo_layer road 1920x280 "r='26+50*$block-40*$shine+40*$edge':g='16+60*$block+130*$shine+190*$edge':b='48+120*$block+20*$shine+150*$edge':a='255*min(1,$road+$block)'" ',scroll=h=1/90'
  local ball='hypot(X-75,Y-75)' glint='exp(-hypot(X-52,Y-50)/22)'
  demo_layer ball 150x150 "r=255:g='clip(196-70*Y/150+90*$glint,0,255)':b='clip(60+190*$glint,0,255)':a='255*clip(62-$ball,0,1)+90*between($ball,62,75)*(75-$ball)/13'" ''
  printf '%s' "[sky][far]overlay=y=480[p1];[p1][mid]overlay=y=600[p2];[p2][road]overlay=y=800[p3];"
  printf '%s' "[p3][ball]overlay=x=885:y='753-330*abs(sin(PI*t/0.75))',trim=duration=12[v];"
}

# Makes $1. It is written beside its final name under a hidden one and renamed when whole.
make_demo_clip() {
  local final=$1 part
  part="$(dirname "$final")/.$(basename "$final").part"
  ffmpeg -hide_banner -loglevel error -nostdin -y -filter_complex "$(demo_picture)$(demo_sound)" -map '[v]' -map '[a]' \
    -t 12 -c:v libx264 -preset ultrafast -crf 20 -pix_fmt yuv420p -c:a aac -b:a 160k -movflags +faststart -f mp4 "$part" || {
    rm -f "$part"
    return 1
  }
  mv "$part" "$final"
}
